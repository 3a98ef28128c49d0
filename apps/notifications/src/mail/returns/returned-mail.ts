import PostalMime from 'postal-mime';
import { foreignText, PROBLEM_LENGTH } from '../../messages/foreign-text.js';

/** What a letter that came back says of the one it is about. */
export type Returned =
  /** not delivered, for good; `isAddressDead`: because there is no such mailbox */
  | { kind: 'failed'; isAddressDead: boolean; problem: string }
  /** the mailbox has trouble, or the server goes on trying */
  | { kind: 'soft'; problem: string }
  /** the reader has called the letter spam, or asked the provider for no more */
  | { kind: 'complaint' }
  /** an answer of an absent reader's program, a confirmation, anything else */
  | { kind: 'nothing' };

/** RFC 3463: no such mailbox, no such domain, moved, disabled. */
const DEAD = /^5\.(1\.(1|2|3|6|10)|2\.1|4\.1)$/;
/** Feedback types (RFC 5965, 7.3; RFC 6650) by which the reader wants no more letters. */
const COMPLAINTS = ['abuse', 'fraud', 'opt-out', 'opt-out-list', 'other', 'miscategorized', 'virus'];

/**
 * Reads a delivery status notification (RFC 3464) or a complaint (ARF, RFC 5965). Answers by program (RFC 3834) and
 * whatever else people send to the address say nothing.
 * @param raw the letter as it came
 */
export async function readReturned(raw: Uint8Array): Promise<Returned> {
  const letter = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const parts = letter.attachments.map(({ mimeType, content }) => ({
    type: mimeType.toLowerCase(),
    text: typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('latin1'),
  }));
  const partOf = (type: string): string | undefined => parts.find((part) => part.type === type)?.text;
  const feedback = partOf('message/feedback-report');
  if (feedback !== undefined) {
    const type = fieldOf(feedback, 'feedback-type').toLowerCase();
    return { kind: COMPLAINTS.includes(type) ? 'complaint' : 'nothing' };
  }
  const status = partOf('message/delivery-status') ?? partOf('message/global-delivery-status');
  return status === undefined ? { kind: 'nothing' } : ofStatus(status);
}

/** The first block is about the message, each of the others about a recipient; a letter of Parta has one. */
function ofStatus(text: string): Returned {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/);
  const block = blocks.find((one) => fieldOf(one, 'action') !== '');
  if (!block) return { kind: 'nothing' };
  const action = fieldOf(block, 'action').toLowerCase();
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fieldOf(block, 'status'))?.[0] ?? '';
  const diagnostic = fieldOf(block, 'diagnostic-code').replace(/^\s*[\w-]+\s*;\s*/, '');
  const problem = foreignText([status, diagnostic].filter(Boolean).join(' '), PROBLEM_LENGTH) || action;
  if (action === 'delayed') return { kind: 'soft', problem };
  if (action !== 'failed') return { kind: 'nothing' };
  // A server that has given up on trouble of its own or of the mailbox says `failed` with a 4: nothing is wrong with the address.
  return { kind: 'failed', isAddressDead: DEAD.test(status), problem };
}

/** A header field's value with its folded lines, '' when there is none; only the first counts. */
function fieldOf(text: string, name: string): string {
  const found = new RegExp(`^${name}[ \\t]*:[ \\t]*(.*(?:\\n[ \\t]+.*)*)`, 'im').exec(
    text.replace(/\r\n?/g, '\n'),
  );
  return (found?.[1] ?? '').replace(/\n[ \t]+/g, ' ').trim();
}
