import type { WellspentError } from '../core/index.ts';
import type { YamlSource } from './yaml-source.ts';

/** Faults that only show when parts of the charter are read together. */
export function charterFaults(_source: YamlSource): readonly WellspentError[] {
  return [];
}
