import { foreignText, PROBLEM_LENGTH } from '../messages/foreign-text.js';
import type { Outcome } from '../messages/outcome.js';

/** What the mail package says of a failure. */
export interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number | false;
}

/** The mailbox or its domain is not there, whatever the moment (RFC 3463; 5.4.1 as Exchange says it). */
const DEAD_CODES = /^5\.(1\.(1|2|3|6|10)|2\.1|4\.1)$/;
const DEAD_WORDS =
  /user unknown|unknown user|no such (user|mailbox|recipient)|mailbox (unavailable|not found|does not exist)|нет такого/i;
/** About ourselves: sender, sign-in, encryption, signatures, reputation; the same for every letter. */
const OWN_CODES = /^5\.(1\.[78]|7\.(0|8|9|10|11|13|14|2[0-9]|30))$/;
const OWN_WORDS =
  /relay|authenticat|sender|from address|mail from|client host|your (ip|host|server|domain|address)|\b(spf|dkim|dmarc|rdns|ptr)\b|block ?list|black ?list|spamhaus|\brbl\b|dnsbl|reputation|starttls|not (permitted|allowed) to send|\[\d+\.\d+\.\d+\.\d+\]/i;
/** A recipient whose mailbox may well be there: it is full, or does not want this letter. */
const NOT_DEAD = /^5\.(2\.[2-4]|[3-7]\.\d+)$/;
const NOT_DEAD_WORDS = /spam|policy|denied|quota|mailbox (is )?full|blocked/i;
/** Trouble that no waiting mends without a person: sign-in, certificates, encryption that is not offered. */
const OWN_ERRORS = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG', 'EPROXY']);
const CERTIFICATE = /certificate|self[- ]signed|tls|ssl/i;
const BEFORE_RECIPIENT = /^(EHLO|HELO|LHLO|STARTTLS|AUTH.*|MAIL FROM|CONN)$/i;

/**
 * What follows for a letter from the answer of the server or the end of the line. Only what is known to concern the letter
 * or the mailbox is final.
 * @param hasBegun whether anything of the letter itself was handed over
 */
export function outcomeOf(error: SmtpError, hasBegun: boolean): Outcome {
  const problem = foreignText(error.response ?? error.message, PROBLEM_LENGTH);
  const status = error.responseCode || Number(/^[245]\d\d(?=[ -])/.exec(problem)?.[0] ?? 0);
  if (status >= 400) return ofReply(error, status, problem);
  if (OWN_ERRORS.has(error.code ?? '') || (!hasBegun && CERTIFICATE.test(problem)))
    return { kind: 'later', problem, trouble: 'stopped' };
  return hasBegun ? { kind: 'uncertain', problem } : { kind: 'later', problem, trouble: 'channel' };
}

function ofReply({ code, command = '' }: SmtpError, status: number, problem: string): Outcome {
  const enhanced = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(problem)?.[0] ?? '';
  const isTemporary = status < 500;
  if (status === 421) return { kind: 'later', problem, trouble: 'channel' };
  if (isTemporary) {
    const isOfServer = BEFORE_RECIPIENT.test(command) || /^4\.3\.[1-5]$/.test(enhanced);
    return { kind: 'later', problem, trouble: isOfServer ? 'channel' : 'message' };
  }
  const isOwn =
    OWN_ERRORS.has(code ?? '') ||
    BEFORE_RECIPIENT.test(command) ||
    status === 530 ||
    status === 535 ||
    OWN_CODES.test(enhanced) ||
    (!DEAD_CODES.test(enhanced) && OWN_WORDS.test(problem));
  if (isOwn) return { kind: 'later', problem, trouble: 'stopped' };
  // The server does not understand us, which says nothing of the letter.
  if (/^50[0-4]$/.test(String(status)) || /^5\.5\.[0-2]$/.test(enhanced))
    return { kind: 'later', problem, trouble: 'channel' };
  const isDead =
    DEAD_CODES.test(enhanced) ||
    (!NOT_DEAD.test(enhanced) &&
      !NOT_DEAD_WORDS.test(problem) &&
      (command === 'RCPT TO' || DEAD_WORDS.test(problem)));
  return { kind: 'refused', problem, isAddressDead: isDead };
}
