/** How the cost of a channel depends on its volume, and the volume in two periods. */
interface Channel {
  readonly id: string;
  /** Cost whatever the volume, pounds. */
  readonly fixed: number;
  /** Pounds for each step of capacity, and how much one step can carry; a step of 0 has no capacity. */
  readonly stepCost: number;
  readonly stepCapacity: number | null;
  /** Pounds for one. */
  readonly variable: number;
  readonly base: number;
  readonly current: number;
  /** True where its fixed cost is only paid because of the move. */
  readonly isNew: boolean;
  /** False where capacity that is no longer needed is kept. */
  readonly stepsReleased: boolean;
}

/** What a move between channels saves, by average cost and by cost that is really avoided. */
interface AvoidableCost {
  readonly channels: readonly {
    readonly id: string;
    readonly unitCostBase: number | null;
    readonly unitCostCurrent: number | null;
    /** Change of cost that the change of volume brings; negative is saved. */
    readonly change: number;
  }[];
  /** Saving if each unit moved saved the base average cost of its old channel and cost the average of its new one. */
  readonly averageCostSaving: number;
  /** Saving once fixed cost and capacity that stay are counted. */
  readonly saving: number;
}

function stepsFor({ stepCapacity }: Channel, volume: number): number {
  return stepCapacity === null ? 0 : Math.ceil(volume / stepCapacity);
}

/** C(a) = F + S·ceil(a/b) + v·a. */
function costOf(channel: Channel, volume: number): number {
  return channel.fixed + channel.stepCost * stepsFor(channel, volume) + channel.variable * volume;
}

/** What a change of volume really changes: variable cost, steps of capacity, and the fixed cost of a new channel. */
function changeOf(channel: Channel): number {
  const steps = stepsFor(channel, channel.current) - stepsFor(channel, channel.base);
  const released = steps < 0 && !channel.stepsReleased ? 0 : steps;
  return (
    channel.variable * (channel.current - channel.base) +
    channel.stepCost * released +
    (channel.isNew ? channel.fixed : 0)
  );
}

/**
 * Average cost weighs output, avoidable cost values savings: ΔC = v·Δa + S·Δ(steps actually released) + 0·F.
 * As volume leaves a channel its unit cost rises, which is expected and no finding. Money in pounds.
 */
export function avoidableCost(channels: readonly Channel[]): AvoidableCost {
  const unit = (channel: Channel, volume: number) => (volume > 0 ? costOf(channel, volume) / volume : null);
  const rows = channels.map((channel) => ({
    id: channel.id,
    unitCostBase: unit(channel, channel.base),
    unitCostCurrent: unit(channel, channel.current),
    change: changeOf(channel),
  }));
  const averageCostSaving = channels.reduce((sum, channel, i) => {
    const moved = channel.current - channel.base;
    const average = moved < 0 ? rows[i]?.unitCostBase : rows[i]?.unitCostCurrent;
    return sum - moved * (average ?? 0);
  }, 0);
  return { channels: rows, averageCostSaving, saving: -rows.reduce((sum, row) => sum + row.change, 0) };
}
