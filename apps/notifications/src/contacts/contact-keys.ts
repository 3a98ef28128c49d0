import { createHash } from 'node:crypto';
import type { Channel } from '@parta/contracts-notifications';
import { digitsOf } from '../sms/numbers.js';

/** What an address is kept as where tables are read across schools: one hash for one mailbox or number, however it is written. */
export const addressHash = (channel: Channel, address: string): string =>
  createHash('sha256')
    .update(`${channel} ${channel === 'sms' ? digitsOf(address) : address.toLowerCase()}`)
    .digest('hex');
