export * from './address';
export * from './codec';
export * from './mss';
export * from './packet';
export * from './ports';
export * from './tcp-options';
export * from './utf8';
