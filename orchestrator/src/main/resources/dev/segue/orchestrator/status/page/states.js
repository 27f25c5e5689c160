/** States that nothing follows. */

const OVER = new Set(["completed", "failed", "cancelled", "expired", "rejected"]);

export const isOver = (state) => OVER.has(state);
