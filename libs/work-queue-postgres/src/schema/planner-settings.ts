/**
 * Set on every function. Its plans are made once per connection, often while the tables are empty, when
 * a scan looks as cheap as an index. What is left to choose from here stays right at any size: index
 * look-ups in LATERAL subqueries, joined in the order written, and writes by tuple id.
 */
export const PLANNER_SETTINGS = `
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_bitmapscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
  set join_collapse_limit = 1
  set from_collapse_limit = 1
  set jit = off`;

/**
 * First statement of every function that writes: one writer per queue at a time, until its commit. That is
 * what lets a statement find rows by tuple id, and makes deadlocks between batches impossible.
 */
export const TAKE_QUEUE = `perform pg_advisory_xact_lock(hashtextextended('work_queue ' || of_queue, 0));`;
