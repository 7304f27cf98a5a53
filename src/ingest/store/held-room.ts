/** Up to here memory is found among what was used before, so that all of it counts; more comes from the system. */
const smallRoom = 65_536;

/** How many places to make room for, where some are needed: large room that nothing was put into yet costs nothing. */
export const roomFor = (places: number, before: number): number =>
  Math.max(places, Math.ceil((before < smallRoom ? 1.25 : 2) * before), 1_024);
