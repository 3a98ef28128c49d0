import { describe, expect, it } from '@jest/globals';
import { outcomeOf, type SmtpError } from './smtp-replies.js';

const reply = (response: string, command = 'RCPT TO', code = 'EENVELOPE') =>
  outcomeOf(
    Object.assign(new Error(response), {
      response,
      command,
      code,
      responseCode: Number(response.slice(0, 3)),
    }),
    command === 'DATA',
  );
const said = (outcome: ReturnType<typeof outcomeOf>): string =>
  outcome.kind === 'later'
    ? `later ${outcome.trouble}`
    : outcome.kind === 'refused'
      ? `refused${outcome.isAddressDead ? ', dead' : ''}`
      : outcome.kind;

describe('what an answer of a mail server means', () => {
  it.each([
    ['550 5.1.1 no such user', 'refused, dead'],
    ['550 5.1.2 no such domain', 'refused, dead'],
    ['550 5.1.10 null MX', 'refused, dead'],
    ['550 5.2.1 mailbox disabled', 'refused, dead'],
    ['550 5.4.1 Recipient address rejected: Access denied', 'refused, dead'],
    ['550 Mailbox does not exist', 'refused, dead'],
    ['552 5.2.2 mailbox full', 'refused'],
    ['550 5.7.1 blocked by policy of the recipient', 'refused'],
    ['550 5.7.1 Relaying denied', 'later stopped'],
    ['550 5.7.1 Sender address rejected: not owned by user', 'later stopped'],
    ['550 5.7.25 no PTR record', 'later stopped'],
    ['554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using zen.spamhaus.org', 'later stopped'],
    ['550 5.1.8 bad sender', 'later stopped'],
    ['535 5.7.8 authentication failed', 'later stopped'],
    ['503 5.5.1 bad sequence', 'later channel'],
    ['421 4.7.0 too many connections', 'later channel'],
    ['452 4.3.1 disk full', 'later channel'],
    ['450 4.2.0 greylisted', 'later message'],
    ['451 4.7.1 try later', 'later message'],
    ['452 4.2.2 mailbox full', 'later message'],
  ])('%s: %s', (answer, meaning) => {
    expect(said(reply(answer))).toBe(meaning);
  });

  it.each([
    ['554 5.6.0 cannot convert', 'DATA', 'refused'],
    ['552 5.3.4 message too big', 'DATA', 'refused'],
    ['554 looks like spam', 'DATA', 'refused'],
    ['550 5.7.26 DMARC', 'DATA', 'later stopped'],
    ['550 user unknown', 'DATA', 'refused, dead'],
    ['550 not allowed here', 'MAIL FROM', 'later stopped'],
    ['554 no service for you', 'CONN', 'later stopped'],
    ['451 4.3.0 later', 'MAIL FROM', 'later channel'],
  ])('%s to %s: %s', (answer, command, meaning) => {
    expect(said(reply(answer, command))).toBe(meaning);
  });

  it.each([
    ['EAUTH', 'Invalid login', false, 'later stopped'],
    ['ETLS', 'STARTTLS is required', false, 'later stopped'],
    ['ESOCKET', 'self-signed certificate', false, 'later stopped'],
    ['ECONNECTION', 'connect ECONNREFUSED', false, 'later channel'],
    ['ETIMEDOUT', 'Timeout', false, 'later channel'],
    ['ECONNECTION', 'Connection closed', true, 'uncertain'],
  ])(
    'a line that ends with %s: %s, when the letter has begun: %s, means %s',
    (code, message, hasBegun, meaning) => {
      const error: SmtpError = Object.assign(new Error(message), { code });
      expect(said(outcomeOf(error, hasBegun))).toBe(meaning);
    },
  );
});
