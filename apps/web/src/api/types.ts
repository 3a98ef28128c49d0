import type { components } from './generated/schema';

export type Schemas = components['schemas'];
export type Me = Schemas['MeView'];
export type Role = Schemas['MyGrant']['role'];
export type MyGrant = Schemas['MyGrant'];
export type MySchool = Schemas['MySchool'];
export type PersonRow = Schemas['PersonRow'];
export type PersonKind = PersonRow['kind'];
export type AccountState = PersonRow['accountState'];
export type RosterState = Schemas['RosterJobRow']['state'];
