import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawsFor, philox, poissonOne, uniformPair, type Words } from './random.ts';

const fixture = new URL('../../../shared/data/choose/philox_kat.json', import.meta.url);

describe('keyed random numbers', () => {
  it('reproduce the known answers of Philox4x32-10 (Salmon and others, 2011)', () => {
    const hex = (words: Words) => words.map((word) => word.toString(16).padStart(8, '0'));
    expect(hex(philox([0, 0, 0, 0], [0, 0]))).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']);
    const ones = 0xffffffff;
    expect(hex(philox([ones, ones, ones, ones], [ones, ones]))).toEqual([
      '408f276d',
      '41c83b0e',
      'a20bc7c6',
      '6d5451fd',
    ]);
    expect(hex(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toEqual([
      'd16cfe09',
      '94fdcceb',
      '5001e420',
      '24126ea1',
    ]);
  });

  it.skipIf(!existsSync(fixture))('follow the layout fixtures to 1e-16', () => {
    const cases = JSON.parse(readFileSync(fixture, 'utf8')).layout_cases as {
      seed: number;
      replication: number;
      case: number;
      visit: number;
      purpose: number;
      block: number;
      u: [number, number];
    }[];
    for (const one of cases) {
      const drawn = uniformPair({ ...one, item: one.case });
      expect(Math.abs(drawn[0] - one.u[0])).toBeLessThan(1e-16);
      expect(Math.abs(drawn[1] - one.u[1])).toBeLessThan(1e-16);
    }
  });

  it('do not depend on the order in which they are taken', () => {
    const draw = drawsFor(7, 'arrivals');
    const forwards = [1, 2, 3].map((item) => draw(item));
    const backwards = [3, 2, 1].map((item) => draw(item)).reverse();
    expect(forwards).toEqual(backwards);
  });

  it('give Poisson(1) counts with mean and variance near one', () => {
    const draw = drawsFor(1, 'bootstrap');
    const counts = Array.from({ length: 20_000 }, (_, item) => poissonOne(draw(item)));
    const mean = counts.reduce((sum, k) => sum + k, 0) / counts.length;
    const variance = counts.reduce((sum, k) => sum + (k - mean) ** 2, 0) / counts.length;
    expect(mean).toBeGreaterThan(0.97);
    expect(mean).toBeLessThan(1.03);
    expect(variance).toBeGreaterThan(0.95);
    expect(variance).toBeLessThan(1.05);
  });
});
