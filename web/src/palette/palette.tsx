import {
  type KeyboardEvent,
  Suspense,
  lazy,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Search } from 'lucide-react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useRuleDelivery } from '../access/rule-delivery.ts';
import { type RuleKey, useDeleteRule } from '../access/rule-writes.ts';
import { needsConfirmation } from '../access/use-guarded.tsx';
import { ApiProblem, type Behind } from '../api/client.ts';
import type { Person } from '../api/home-queries.ts';
import type { Device } from '../api/queries.ts';
import { useSetBlocked } from '../pages/devices/actions.ts';
import { deviceLabel } from '../pages/devices/label.ts';
import { pauseTargetOf, useDevicesOf } from '../pages/people/person-row.tsx';
import { type Command, setPaletteOpen, takeTyped } from '../shell/commands.ts';
import { useAllCommands } from './all-commands.ts';
import { matching } from './match.ts';
import './palette.css';

const PauseDialog = lazy(() => import('../access/pause-dialog.tsx'));
const OwnDeviceDialog = lazy(() => import('../pages/devices/own-device-dialog.tsx'));

/** So many are shown: who wants others types more. */
const MOST = 30;

/** What is left to do once the list is closed: choosing how long, asking before the own device is cut off. */
type Asking =
  | { kind: 'pause'; person: Person }
  | { kind: 'block'; device: Device; behind: readonly Behind[] }
  | { kind: 'nothing' };

/** A pause, and whose it is. */
type PauseKey = RuleKey & { person: Person };

const close = () => setPaletteOpen(false);

/** Finds and does everything by its name: pages, devices, people, and what can be done with them. */
export default function Palette() {
  const t = useTranslations('access');
  const [asking, setAsking] = useState<Asking>();
  const { mutate } = useSetBlocked();
  const follow = useRuleDelivery();
  const resume = useDeleteRule(({ home_id, person: { id: person_id, name } }: PauseKey) => {
    close();
    follow(
      { id: `pause ${person_id}`, scope: { home_id, person_id } },
      { working: t('resuming.one', { name }), done: t('resumed.one', { name }) },
    );
  }, close);
  const { run: endRule } = resume;
  const setBlocked = useCallback(
    (device: Device, isBlocked: boolean, confirm = false) => {
      setAsking({ kind: 'nothing' });
      mutate(
        { devices: [device], isBlocked, confirm },
        {
          onSuccess: close,
          onError: (error) => {
            if (!needsConfirmation(error)) return close();
            const behind = error instanceof ApiProblem ? error.behind : [];
            return setAsking({ kind: 'block', device, behind });
          },
        },
      );
    },
    [mutate],
  );
  const acts = useMemo(
    () => ({
      pause: (person: Person) => setAsking({ kind: 'pause', person }),
      resume: (person: Person, id: string) => {
        setAsking({ kind: 'nothing' });
        endRule({ home_id: person.home_id, id, person });
      },
      setBlocked,
    }),
    [setBlocked, endRule],
  );
  return (
    <>
      {asking === undefined && <Finder acts={acts} />}
      {resume.dialog}
      <Suspense>
        {asking?.kind === 'pause' && <PauseOf person={asking.person} />}
        {asking?.kind === 'block' && (
          <OwnDeviceDialog
            name={deviceLabel(asking.device)}
            behind={asking.behind}
            onClose={close}
            onBlock={() => setBlocked(asking.device, true, true)}
          />
        )}
      </Suspense>
    </>
  );
}

function PauseOf({ person }: { person: Person }) {
  const devices = useDevicesOf(person);
  return <PauseDialog of={pauseTargetOf(person, devices)} onClose={close} />;
}

/** The field, and what is found; arrows choose, Enter does it. */
function Finder({ acts }: { acts: Parameters<typeof useAllCommands>[0] }) {
  const t = useTranslations('palette');
  const commands = useAllCommands(acts);
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    takeTyped(setQuery);
  }, []);
  const found = useMemo(() => matching(commands, query, MOST), [commands, query]);
  const active = Math.min(index, found.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    if (command.isOwn !== true) close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0)
      setIndex((active + step + found.length) % found.length);
    else if (event.key === 'Enter') run(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay className="overlay overlay--palette" isDismissable isOpen onOpenChange={close}>
      <Modal>
        <Dialog className="palette" aria-label={t('open')}>
          <div className="palette__field">
            <Search aria-hidden className="icon" />
            <input
              ref={field}
              role="combobox"
              aria-expanded
              aria-controls={id}
              aria-activedescendant={found.length === 0 ? undefined : `${id}-${active}`}
              aria-autocomplete="list"
              aria-label={t('open')}
              placeholder={t('hint')}
              autoComplete="off"
              spellCheck={false}
              value={query}
              onChange={({ target }) => {
                setQuery(target.value);
                setIndex(0);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div id={id} role="listbox" aria-label={t('found')} className="palette__list">
            {found.map((command, place) => (
              <Option
                key={command.id}
                id={`${id}-${place}`}
                command={command}
                isActive={place === active}
                onChoose={() => run(command)}
              />
            ))}
          </div>
          <output className="palette__none quiet">{found.length === 0 && t('none')}</output>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Option({
  id,
  command: { text, hint, icon: Icon },
  isActive,
  onChoose,
}: {
  id: string;
  command: Command;
  isActive: boolean;
  onChoose: () => void;
}) {
  return (
    // The keys are those of the field, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={isActive ? reveal : undefined}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="palette__option"
      onClick={onChoose}
    >
      <Icon aria-hidden className="icon" />
      <span className="name">{text}</span>
      {hint !== undefined && <span className="quiet">{hint}</span>}
    </div>
  );
}

function reveal(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
