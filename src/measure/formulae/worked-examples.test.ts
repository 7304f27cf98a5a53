import { describe, expect, test } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from '../../stats/fixtures.test-support.ts';
import { productivityGrowth } from '../../stats/index.ts';
import { avoidableCost } from './avoidable-cost.ts';
import { caseMixChange } from './case-mix.ts';
import { equivalenceGroup } from './equivalence-group.ts';
import { valueOutput } from './failure-demand.ts';
import { healthQuality } from './health-quality.ts';
import { inputVolume } from './input-volume.ts';
import { impliedWait } from './littles-law.ts';
import { qualityGrowth } from './quality-indicators.ts';
import { stayCredit } from './stay-credit.ts';
import { conservation, stockWindow } from './stock.ts';
import { sumCheck } from './sum-check.ts';
import { volumeMix } from './volume-mix.ts';

// biome-ignore lint/suspicious/noExplicitAny: the worked examples have a shape each.
const worked: any = hasFixtures ? fixtureJson('worked_examples.json') : {};
const near = (actual: unknown, expected: unknown) => expect(Number(actual)).toBeCloseTo(Number(expected), 9);

describe.skipIf(!hasFixtures)('worked examples to 1e-9', () => {
  test('inputs of three kinds: heads unchanged, volume +3.52%', () => {
    const { inputs, expected } = worked.inputs_three_factor;
    const found = inputVolume({
      labour: Object.keys(inputs.fte_base).map((grade) => ({
        grade,
        base: inputs.fte_base[grade],
        current: inputs.fte_current[grade],
        pay: inputs.pay_base_gbp[grade],
      })),
      labourIndirect: {
        spendBase: inputs.agency_spend_base,
        spendCurrent: inputs.agency_spend_current,
        deflator: inputs.agency_deflator,
      },
      goodsServices: {
        spendBase: inputs.goods_spend_base,
        spendCurrent: inputs.goods_spend_current,
        deflator: inputs.goods_deflator,
      },
      capital: { spendBase: inputs.capital_consumption_base, volumeRatio: inputs.capital_volume_ratio },
    });
    near(found?.headcountGrowth, expected.headcount_growth);
    near(found?.growth, expected.input_growth);
    const of = (component: string) => found?.components.find((one) => one.component === component);
    for (const [component, growth, weight] of [
      ['labour-direct', 'labour_direct_growth', 'labour_direct'],
      ['labour-indirect', 'labour_indirect_growth', 'labour_indirect'],
      ['goods-services', 'goods_growth', 'goods_services'],
      ['capital', 'capital_growth', 'capital'],
    ] as const) {
      near(of(component)?.growth, expected[growth]);
      near(of(component)?.weight, expected.weights[weight]);
    }
  });

  test('a group of two channels: 0.527 with separate weights, 1 with one', () => {
    const { inputs, expected } = worked.equivalence_group;
    const members = (fixedShare: number) =>
      (['phone', 'digital'] as const).map((id) => ({
        id,
        unitCost: inputs.unit_cost_gbp[id],
        base: inputs.base[id],
        current: inputs.current[id],
        fixedShare: id === 'phone' ? fixedShare : 0,
      }));
    const variable = equivalenceGroup(members(0));
    const fixed = equivalenceGroup(members(inputs.phone_fixed_cost_share));
    near(variable?.separate, expected.output_index_separate_weights);
    near(variable?.group, expected.output_index_equivalence_group);
    near(variable?.input, expected.input_index_all_variable);
    near(fixed?.input, expected.input_index_phone_40pct_fixed);
    near(variable?.productivity, expected.productivity_index_all_variable);
    near(fixed?.productivity, expected.productivity_index_phone_40pct_fixed);
  });

  test('fixed and stepped cost: £21m by averages, £16m avoided, £8m if capacity stays', () => {
    const { inputs, expected } = worked.fixed_semi_variable;
    const { channel_a: a, channel_b: b } = inputs;
    const run = (isNew: boolean, stepsReleased: boolean) =>
      avoidableCost([
        {
          id: 'a',
          fixed: a.fixed,
          stepCost: a.step_cost,
          stepCapacity: a.step_capacity,
          variable: a.variable,
          base: a.volume_base,
          current: a.volume_current,
          isNew: false,
          stepsReleased,
        },
        {
          id: 'b',
          fixed: b.fixed,
          stepCost: b.step_cost,
          stepCapacity: null,
          variable: b.variable,
          base: b.volume_base,
          current: b.volume_current,
          isNew,
          stepsReleased,
        },
      ]);
    const built = run(true, true);
    near(built.channels[0]?.unitCostBase, expected.channel_a_unit_cost_base);
    near(built.channels[0]?.unitCostCurrent, expected.channel_a_unit_cost_current);
    expect(built.channels[1]?.unitCostBase).toBeNull();
    near(built.channels[1]?.unitCostCurrent, expected.channel_b_unit_cost_current);
    near(built.averageCostSaving, expected.naive_saving);
    near(built.saving, expected.saving_channel_b_newly_built);
    near(run(false, true).saving, expected.saving_channel_b_already_running);
    near(run(true, false).saving, expected.saving_if_steps_not_released);
  });

  test('health in four parts', () => {
    const { inputs, expected } = worked.health_four_part;
    const found = healthQuality(inputs.groups, { rL: inputs.r_L, rw: inputs.r_w });
    near(found.volumeIndex, expected.volume_index);
    near(found.volumeAndSurvivalIndex, expected.volume_and_survival_index);
    near(found.qualityAdjustedIndex, expected.quality_adjusted_index);
    near(found.qualityIndex, expected.quality_index);
    expected.groups.forEach((group: Record<string, unknown>, i: number) => {
      near(found.groups[i]?.survivalFactor, group.survival_factor);
      near(found.groups[i]?.lambdaBase, group.lambda_base);
      near(found.groups[i]?.lambdaCurrent, group.lambda_current);
    });
  });

  test('three indicators, arithmetic and geometric, and the weight that would turn them', () => {
    const { inputs, expected } = worked.quality_indicators;
    const found = qualityGrowth(
      inputs.indicators.map((one: Record<string, unknown>) => ({ ...one, isShare: true })),
    );
    expected.growth.forEach((growth: number, i: number) => {
      near(found?.growth[i], growth);
    });
    near(found?.arithmetic, expected.arithmetic);
    near(found?.geometric, expected.geometric);
    near(found?.smallestShift, expected.minimal_weight_shift_to_zero);
  });

  test('case mix: crude +14.1%, indirect +1.9%, direct +2.8%', () => {
    const { inputs, expected } = worked.case_mix;
    const found = caseMixChange(
      inputs.strata.map((one: Record<string, unknown>) => ({
        id: one.id,
        baseN: one.base_n,
        baseSuccess: one.base_success,
        currentN: one.current_n,
        currentSuccess: one.current_success,
      })),
    );
    near(found?.crudeBase, expected.crude_base);
    near(found?.crudeCurrent, expected.crude_current);
    near(found?.crudeRatio, expected.crude_ratio);
    near(found?.expectedCurrent, expected.expected_current_at_base_rates);
    near(found?.indirect, expected.attributable_ratio_indirect);
    near(found?.standardised, expected.direct_standardised_to_base);
    near(found?.direct, expected.attributable_ratio_direct);
  });

  test('volume and mix: coarse 1, fine 1.143', () => {
    const { inputs, expected } = worked.volume_mix_split;
    const found = volumeMix(
      Object.keys(inputs.unit_cost).map((id) => ({
        id,
        group: 'A',
        unitCost: inputs.unit_cost[id],
        base: inputs.base[id],
        current: inputs.current[id],
      })),
    );
    near(found?.fine, expected.fine_index);
    near(found?.coarse, expected.coarse_index);
    near(found?.mix, expected.mix_effect);
  });

  test('credit of stays', () => {
    const { inputs, expected } = worked.stay_credit;
    const rule = { trimPoint: inputs.trim_point_days, meanCapped: inputs.mean_capped_days };
    const credits = inputs.stays.map((days: number) => stayCredit(days, rule));
    expect(credits).toEqual(expected.credited_days);
    const zero = inputs.stays.filter((days: number) => days === 0).length * inputs.zero_stay_gbp;
    near(
      credits.reduce((sum: number, credit: number) => sum + credit, 0) * inputs.cost_per_day_gbp + zero,
      expected.cost_weighted_activity_gbp,
    );
  });

  test('failure demand: share and Wilson interval of a sample, value output from two shares', () => {
    const { inputs, expected } = worked.failure_demand;
    const sampled = valueOutput([
      {
        period: 'now',
        contacts: inputs.sampled,
        found: { failure: inputs.failure, sampled: inputs.sampled },
        gapBefore: false,
      },
    ]);
    near(sampled?.[0]?.failureShare, expected.share);
    expect(sampled?.[0]?.interval?.low).toBeCloseTo(expected.wilson95[0], 6);
    expect(sampled?.[0]?.interval?.high).toBeCloseTo(expected.wilson95[1], 6);
    const found = valueOutput([
      { period: 0, contacts: inputs.contacts_base, found: { share: inputs.phi_base }, gapBefore: false },
      {
        period: 1,
        contacts: inputs.contacts_current,
        found: { share: inputs.phi_current },
        gapBefore: false,
      },
    ]);
    near(found?.[1]?.index, expected.value_output_index);
  });

  test("Little's law on driving licences: 29.8 weeks, 149 working days", () => {
    const { inputs, expected } = worked.littles_law_snapshot;
    const found = impliedWait({
      opening: inputs.stock,
      closing: inputs.stock,
      completions: inputs.completions_per_year,
      arrivals: null,
      weeks: 52,
      measuredWeeks: null,
    });
    near(found?.weeks, expected.implied_wait_weeks);
    near(found?.workingDays, expected.implied_wait_working_days);
  });

  test('a window of cases is conserved, and time in it is the integral of the stock', () => {
    const { inputs, expected } = worked.conservation_window;
    const found = stockWindow(
      inputs.cases.map((one: Record<string, number>) => ({ start: one.start_day, end: one.end_day })),
      inputs.window[0],
      inputs.window[1],
    );
    expect(found).toMatchObject({
      opening: expected.opening,
      arrivals: expected.arrivals,
      completions: expected.completions,
      closing: expected.closing,
      isConserved: expected.conserved,
      caseDays: expected.time_in_window_case_days,
    });
    near(found.meanStock, expected.mean_stock);
  });

  test('sixty cases left without a recorded completion', () => {
    const { inputs, expected } = worked.stock_gap;
    const found = conservation({ reopened: 0, transferredOut: 0, setAside: 0, ...inputs });
    expect(found.impliedClosing).toBe(expected.implied_closing);
    expect(found.unexplained).toBe(expected.unexplained);
    near(found.unexplainedShare, expected.unexplained_share_of_completed);
    expect(found.verdict).toBe(expected.verdict);
  });
});

describe.skipIf(!hasFixtures)('published figures', () => {
  test('the efficiency report: one department fails its sum by 50, one is within rounding', () => {
    const { expected } = worked.components_sum_gds_fig25;
    const rows = fixtureRows('gds_fig25_departments.csv');
    const checked = rows.map((row) => ({
      department: row.department,
      ...sumCheck(
        [Number(row.public_spending_gbp_m), Number(row.cost_recovery_gbp_m)],
        Number(row.total_published_gbp_m),
        1,
      ),
    }));
    const named = (verdict: string) =>
      checked.filter((row) => row.verdict === verdict).map((row) => row.department);
    expect(named('fails')).toEqual(expected.failing);
    expect(named('rounding')).toEqual(expected.rounding_only);
    expect(checked.find((row) => row.verdict === 'fails')?.difference).toBe(50);
    const column = (key: string) => rows.reduce((sum, row) => sum + Number(row[key]), 0);
    expect(column('public_spending_gbp_m')).toBe(expected.column_sums.public_spending);
    expect(column('cost_recovery_gbp_m')).toBe(expected.column_sums.cost_recovery);
    expect(column('total_published_gbp_m')).toBe(expected.column_sums.total_published);
  });

  test('HMRC calls: value output falls from 35 to 24 of 100, and no growth is stated across missing years', () => {
    const rows = fixtureRows('hmrc_failure_demand.csv');
    const found = valueOutput(
      rows.map((row) => ({
        period: row.financial_year ?? '',
        contacts: 100,
        found: { share: Number(row.failure_demand_pct) / 100 },
        gapBefore: row.gap_before === 'yes',
      })),
    );
    expect(found?.map((row) => Math.round(row.value))).toEqual([35, 30, 28, 24]);
    expect(found?.at(-1)?.index).toBeCloseTo(0.6857, 4);
    expect(found?.[1]?.growth).toBeNull();
    near(found?.[2]?.growth, 28 / 30 - 1);
  });

  test('HMRC telephony: 4.7m hours in calls, 6% fewer as calls fell by 22% and took 21% longer', () => {
    const rows = fixtureRows('hmrc_telephony_2019_2023.csv');
    const value = (measure: string, year: string) =>
      Number(rows.find((row) => row.measure === measure && row.financial_year === year)?.value);
    const seconds = ['2019-20', '2022-23'].map((year) => value('average handling time', year));
    const hours = (value('calls answered', '2022-23') * (seconds[1] ?? 0)) / 3600;
    expect(hours).toBeCloseTo(4.715e6, 0);
    expect(Math.abs(hours / value('adviser time on calls', '2022-23') - 1)).toBeLessThan(0.011);
    const time = productivityGrowth({ volume: -0.22, quality: 828 / 684 - 1, input: 0 });
    expect(1 + time.outputAdjusted).toBeCloseTo(0.944, 3);
  });

  test('cost of a contact as a share of the dearest channel, rounded', () => {
    for (const row of fixtureRows('gds_channel_costs.csv')) {
      const dearest = Number(row[row.dearest ?? '']);
      for (const channel of ['face_to_face', 'phone', 'post', 'digital']) {
        const published = row[`published_pct_${channel}`];
        if (!published) continue;
        expect(Math.round((100 * Number(row[channel])) / dearest)).toBe(Number(published));
      }
    }
  });

  test('the same cohorts grew by 19 to 49 per cent, as the measure is chosen', () => {
    const growth = fixtureRows('education_measure_choice.csv').map((row) =>
      Number(row.growth_2003_04_to_2010_11_pct),
    );
    expect([Math.min(...growth), Math.max(...growth)]).toEqual([19, 49]);
  });
});
