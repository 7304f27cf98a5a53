/** How many places to make room for, where some are needed: memory that nothing was put into yet costs nothing. */
export const roomFor = (places: number, before: number): number => Math.max(places, 2 * before, 1_024);
