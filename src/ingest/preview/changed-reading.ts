import { canonicalJson, type WellspentError } from '../../core/index.ts';
import {
  type Extract,
  extractName,
  isOfExtract,
  type StatedExtract,
  type StatedExtracts,
} from '../../define/index.ts';
import { everyOther } from '../import-rules.ts';
import { mappingKeptOf, type SavedMapping } from '../mapping/saved-mapping.ts';
import { columnsComeLate } from '../readers/raw-table.ts';
import { type ManifestSource, readManifest } from '../store/manifest.ts';
import { storeFolder } from '../workspace.ts';

interface Difference {
  /** Below the extract. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly found: string;
}

/** Rules that only the mapping kept of a file tells. */
const keptRules = ['encoding', 'delimiter', 'minutes_in', 'decimal', 'day_first'] as const;
type Rule = 'timezone' | 'lifecycle' | 'classifier' | 'dedupe' | 'shape' | (typeof keptRules)[number];

/** A rule as it is compared and shown; nothing where it was not said. */
function asSaid(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}

function mappedOtherwise(
  { map = {}, classifier }: Extract,
  { mapping }: ManifestSource,
): readonly Difference[] {
  return Object.entries(map)
    .filter(([field, column]) => mapping[field] !== column && !(field === 'step' && classifier !== undefined))
    .map(([field, column]) => {
      const was = mapping[field];
      return {
        path: ['map', field],
        message: `with ${was === undefined ? 'nothing' : `"${was}"`} as ${field}; the charter now says "${column}"`,
        found: was === undefined ? `nothing as ${field}` : `${field}: ${was}`,
      };
    });
}

function keptColumns(
  { drop = [], map = {} }: Extract,
  { columns, mapping }: ManifestSource,
): readonly Difference[] {
  const kept = new Set(columns.flatMap(({ column, becomes }) => (becomes === 'dropped' ? [] : [column])));
  const named = new Set([...Object.values(map), ...Object.values(mapping)]);
  const unnamed = [...kept].filter((column) => !named.has(column));
  return drop.flatMap((column, k) =>
    column === everyOther && unnamed.length > 0
      ? [
          {
            path: ['drop', k],
            message: `with columns such as "${unnamed[0]}"; the charter now leaves out all that are not named`,
            found: `"${unnamed[0]}" among its columns`,
          },
        ]
      : kept.has(column)
        ? [
            {
              path: ['drop', k],
              message: `with column "${column}"; the charter now leaves it out`,
              found: `"${column}" among its columns`,
            },
          ]
        : [],
  );
}

/** What the file itself told of a rule that was not said: where the charter now says the same, nothing differs. */
function foundInFile({ facts }: ManifestSource): Partial<Record<Rule, unknown>> {
  return {
    encoding: facts.encoding,
    delimiter: facts.delimiter,
    decimal: 'point',
    minutes_in: 'minutes',
  };
}

function ruledOtherwise(
  extract: Extract,
  source: ManifestSource,
  kept: SavedMapping | null,
): readonly Difference[] {
  const { timezone, lifecycle, classifier, dedupe, shape } = source;
  const was: Partial<Record<Rule, string | undefined>> = {
    timezone: asSaid(timezone),
    lifecycle: asSaid(lifecycle),
    classifier: asSaid(classifier),
    dedupe,
    shape: asSaid(shape?.shape ?? 'rows'),
    ...(kept === null ? {} : Object.fromEntries(keptRules.map((name) => [name, asSaid(kept[name])]))),
  };
  const found = foundInFile(source);
  return (Object.keys(was) as Rule[]).flatMap((rule) => {
    const now = asSaid(extract[rule]);
    if (now === undefined || now === was[rule]) return [];
    if (was[rule] === undefined && (now === asSaid(found[rule]) || isMoot(rule, source))) return [];
    const before = was[rule] === undefined ? `no ${rule}` : `${rule}: ${was[rule]}`;
    return [{ path: [rule], message: `with ${before}; the charter now says ${now}`, found: before }];
  });
}

/** True for a rule that was not said and of which nobody can tell any more whether it would have changed anything. */
function isMoot(rule: Rule, { mapping }: ManifestSource): boolean {
  return rule === 'day_first' || (rule === 'minutes_in' && mapping.minutes === undefined);
}

function differences(store: string, extract: Extract, source: ManifestSource): readonly Difference[] {
  const kept = columnsComeLate(source.format) ? null : mappingKeptOf(store, source);
  return [
    ...mappedOtherwise(extract, source),
    ...keptColumns(extract, source),
    ...ruledOtherwise(extract, source, kept),
  ];
}

/**
 * Where the charter now says of an extract other than the workspace was built with: its figures are still of the
 * earlier reading. What the charter leaves open cannot differ. `commandFor` gives the command that adds a file again.
 */
export function changedReadings(
  dir: string,
  stated: StatedExtracts,
  commandFor: (extract: Extract) => string,
): readonly WellspentError[] {
  const store = storeFolder(dir);
  const { sources } = readManifest(store);
  return stated.extracts.flatMap(({ extract, index }: StatedExtract) => {
    const source = sources.find((one) => isOfExtract(extract, one));
    if (!source) return [];
    return differences(store, extract, source).map(({ path, message, found }) =>
      stated.fault(
        'EXTRACT_READ_OTHERWISE',
        ['extracts', index, ...path],
        `${extractName(extract)} was brought in ${message}.`,
        {
          found,
          hint: commandFor(extract),
        },
      ),
    );
  });
}
