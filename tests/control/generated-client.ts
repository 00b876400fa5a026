// The README's example, type-checked against the types that openapi-typescript generates from the saved OpenAPI document.
import type { components, operations, paths } from './api';

type Schemas = components['schemas'];
type Seed = paths['/_control/v1/seed']['post']['requestBody']['content']['application/json'];
type Journal = operations['listJournal']['responses'][200]['content']['application/json'];

export const seed: Seed = {
  mailboxes: [{ smtpAddress: 'alice@contoso.com', groups: [{ displayName: 'Team', members: ['bob@contoso.com', { contact: 'carol@contoso.com' }] }] }],
};
export const rule: Schemas['FaultRule'] = { kind: 'serverBusy', backOffMilliseconds: 10000, operation: 'AddImGroup', times: 1 };
export const filter: operations['listJournal']['parameters']['query'] = { state: 'answered', early: true, bodies: true };
export const early = (journal: Journal): number[] => journal.entries.map(entry => entry.earlyByMilliseconds ?? 0);
export const contents = (mailbox: Schemas['SeedMailbox']): Schemas['SeedGroup'][] => mailbox.groups ?? [];

// @ts-expect-error A mailbox has an address.
export const withoutAddress: Seed = { mailboxes: [{ groups: [] }] };
// @ts-expect-error The kind is one of a list.
export const unknownKind: Schemas['FaultRule'] = { kind: 'flood' };
