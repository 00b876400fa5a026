import type { components } from './contract';

/** The data of the control API, as its OpenAPI document describes them. */
export type Schemas = components['schemas'];
