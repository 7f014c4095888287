import type { SameShape } from '../shape.ts';
import type { importing as english } from '../en/import.ts';

export const importing: SameShape<typeof english> = {
  title: 'Import',
  drop: 'Die Dateien des alten Programms hier ablegen',
  choose: 'Dateien wählen',
  secrets: 'router.json und config.json enthalten Passwörter: Sie werden nie gelesen.',
  router: 'Für den Router',
  newRouter: 'Ein neuer',
  newId: 'Kennung des neuen Routers',
  skipInvalid: 'Den Rest importieren, wo Einträge nicht gehen, und diese aufheben',
  removeFile: '{name} weglassen',
  zone: 'Angaben ohne Zeitzone werden als {zone} gelesen.',
  preview: 'Vorschau',
  confirm: 'Importieren',
  report: 'Bericht',
  imported: 'Importiert.',
  nothingNew: 'Alles war schon da: Nichts wurde geschrieben.',
  dryRun: 'Eine Vorschau: Das würde ein Import tun. Nichts wurde behalten.',
  stopped: 'Nichts wurde geschrieben: Einige Einträge gehen so nicht.',
  all: 'Alle',
  file: 'Datei',
  counts: { read: 'Gelesen', written: 'Geschrieben', unchanged: 'Gleich', rejected: 'Abgelehnt' },
  rejected: 'Abgelehnt',
  moreRejected: '{count, plural, one {und # weiterer} other {und # weitere}}',
  toDevices: 'Geräte ansehen',
};
