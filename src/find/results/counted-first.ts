import { countOf } from '../../core/index.ts';

/** "16 findings, first: …", in one sentence that answers by itself: how many, and what to look into first. */
export function countedFirst(count: number, noun: string, title: string): string {
  return `${countOf(count, noun)}${count > 1 ? ', first' : ''}: ${title}`;
}
