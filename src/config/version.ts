import manifest from '../../package.json' with { type: 'json' };

/** NetPilot's version, from package.json. */
export const VERSION = manifest.version;
