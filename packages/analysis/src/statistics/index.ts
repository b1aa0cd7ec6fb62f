export * from './krippendorff-alpha.ts';
export * from './wilson-interval.ts';
