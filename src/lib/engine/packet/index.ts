export * from './address';
export * from './codec';
export * from './packet';
export * from './tcp-options';
