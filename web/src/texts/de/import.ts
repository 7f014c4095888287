import type { SameShape } from '../shape.ts';
import type { importing as english } from '../en/import.ts';

export const importing: SameShape<typeof english> = {
  title: 'Import',
  drop: 'Dateien des alten Programms hier ablegen',
  choose: 'Dateien wählen',
  secrets: 'router.json und config.json enthalten Passwörter. Sie werden nie gelesen.',
  router: 'Router',
  newRouter: 'Neuer Router',
  newId: 'ID des neuen Routers',
  skipInvalid: 'Einträge, die sich nicht importieren lassen, überspringen und gesondert speichern',
  removeFile: '{name} entfernen',
  zone: 'Zeiten ohne Zeitzone werden als {zone} gelesen.',
  preview: 'Vorschau',
  confirm: 'Importieren',
  report: 'Bericht',
  outcomes: {
    imported: 'Importiert.',
    'nothing new': 'Nichts Neues: Alles ist schon da.',
    'dry run': 'Nur eine Vorschau. Noch wurde nichts importiert.',
    stopped: 'Nichts importiert: Einige Einträge lassen sich so nicht importieren.',
  },
  all: 'Alle',
  file: 'Datei',
  counts: {
    read: 'Gelesen',
    written: 'Geschrieben',
    unchanged: 'Unverändert',
    rejected: 'Abgelehnt',
  },
  moreRejected: 'und {count} weitere',
  toDevices: 'Zu den Geräten',
};
