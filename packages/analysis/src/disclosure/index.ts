export * from './params.ts';
export * from './percent.ts';
export * from './one-dimension.ts';
export * from './two-dimension.ts';
export * from './protected-table.ts';
export * from './results.ts';
export { auditResults, type ResultsAuditOptions } from './results-audit.ts';
export type { Nest } from './question-system.ts';
