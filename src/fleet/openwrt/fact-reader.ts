import type { Used } from '../../usage/sample.ts';
import type { Fact } from '../driver.ts';
import { FACT_PARSERS, type FactMessage } from './fact-lines.ts';
import type { AgentMessage } from './messages.ts';

/** Most devices that one sample of what is used may have. */
const MOST_DEVICES = 16_384;

/** Whether a message is of the facts, which nobody has asked for. */
export function isFact(message: AgentMessage): message is FactMessage {
  return message.kind in FACT_PARSERS;
}

/** Makes facts of messages: what devices used comes in several `use` lines and `used`. Gives what is wrong with a line, if anything. */
export function createFactReader(): (
  message: FactMessage,
  onFact: (fact: Fact) => void,
) => string | undefined {
  let devices: Used[] = [];
  return (message, onFact) => {
    switch (message.kind) {
      case 'use':
        devices.push(...message.devices);
        return devices.length > MOST_DEVICES
          ? 'it says of too many devices what they use'
          : undefined;
      case 'used': {
        const { milliseconds, counting, count } = message;
        if (devices.length !== count)
          return 'it does not say of as many devices what they use as it says';
        onFact({ kind: 'usage', milliseconds, counting, devices });
        devices = [];
        return undefined;
      }
      case 'place':
      case 'router':
      case 'health':
        break;
    }
    onFact(message);
    return undefined;
  };
}
