import type { Outcome } from '../messages/outcome.js';

/**
 * Whom a refusal concerns. `address`: there is no such number. `message`: this message, for good. `slower`: all, which wait
 * a little. `centre`: all, until the centre is well. `stopped`: all, until somebody has put settings or contract right.
 * `unclear`: this message, which is tried again while it is of use.
 */
type Class = 'address' | 'message' | 'slower' | 'centre' | 'stopped' | 'unclear';

/** SMPP 3.4, 5.1.3; what is in no row is unclear, the range of the operators' own statuses included. */
const STATUSES: Record<number, readonly [Class, string]> = {
  0x01: ['message', 'ESME_RINVMSGLEN: the message is too long'],
  0x02: ['unclear', 'ESME_RINVCMDLEN'],
  0x03: ['stopped', 'ESME_RINVCMDID: the centre does not know the command'],
  0x04: ['centre', 'ESME_RINVBNDSTS: the session is not bound for sending'],
  0x05: ['centre', 'ESME_RALYBND: the session is bound already'],
  0x06: ['stopped', 'ESME_RINVPRTFLG'],
  0x07: ['stopped', 'ESME_RINVREGDLVFLG: receipts may not be asked for'],
  0x08: ['centre', 'ESME_RSYSERR: the centre has trouble of its own'],
  0x0a: ['stopped', 'ESME_RINVSRCADR: the sender’s name is not approved'],
  0x0b: ['address', 'ESME_RINVDSTADR: there is no such number'],
  0x0c: ['unclear', 'ESME_RINVMSGID'],
  0x0d: ['stopped', 'ESME_RBINDFAIL: the centre refuses the session'],
  0x0e: ['stopped', 'ESME_RINVPASWD: the password is wrong'],
  0x0f: ['stopped', 'ESME_RINVSYSID: the name is wrong'],
  0x14: ['slower', 'ESME_RMSGQFUL: the queue of the centre is full'],
  0x15: ['stopped', 'ESME_RINVSERTYP: the service type is wrong'],
  0x33: ['message', 'ESME_RINVNUMDESTS'],
  0x34: ['message', 'ESME_RINVDLNAME'],
  0x40: ['message', 'ESME_RINVDESTFLAG'],
  0x42: ['message', 'ESME_RINVSUBREP'],
  0x43: ['message', 'ESME_RINVESMCLASS'],
  0x44: ['unclear', 'ESME_RCNTSUBDL'],
  0x45: ['unclear', 'ESME_RSUBMITFAIL: the centre could not take it'],
  0x48: ['stopped', 'ESME_RINVSRCTON: the type of the sender’s name is wrong'],
  0x49: ['stopped', 'ESME_RINVSRCNPI: the plan of the sender’s name is wrong'],
  0x50: ['address', 'ESME_RINVDSTTON: the number is of no type that the centre serves'],
  0x51: ['address', 'ESME_RINVDSTNPI: the number is of no plan that the centre serves'],
  0x53: ['stopped', 'ESME_RINVSYSTYP: the system type is wrong'],
  0x54: ['message', 'ESME_RINVREPFLAG'],
  0x55: ['message', 'ESME_RINVNUMMSGS'],
  0x58: ['slower', 'ESME_RTHROTTLED: the centre asks to slow down'],
  0x61: ['message', 'ESME_RINVSCHED'],
  0x62: ['message', 'ESME_RINVEXPIRY: the validity period is wrong'],
  0x63: ['message', 'ESME_RINVDFTMSGID'],
  0x64: ['centre', 'ESME_RX_T_APPN: temporary trouble'],
  0x65: ['message', 'ESME_RX_P_APPN: refused for good'],
  0x66: ['message', 'ESME_RX_R_APPN: refused'],
  0xc0: ['stopped', 'ESME_RINVOPTPARSTREAM'],
  0xc1: ['stopped', 'ESME_ROPTPARNOTALLWD'],
  0xc2: ['stopped', 'ESME_RINVPARLEN'],
  0xc3: ['stopped', 'ESME_RMISSINGOPTPARAM'],
  0xc4: ['stopped', 'ESME_RINVOPTPARAMVAL'],
  0xfe: ['unclear', 'ESME_RDELIVERYFAILURE'],
  0xff: ['centre', 'ESME_RUNKNOWNERR: trouble that the centre does not name'],
};

/**
 * What follows for a message from the status by which the centre refused it. Only what is known to concern the message or the
 * number is final; whatever concerns the installation is waited out, so that no message is lost by it.
 * @param isNack whether the answer is a generic_nack, which says nothing of the message
 */
export function refusalOf(status: number, isNack: boolean): Outcome {
  const [known, said] = STATUSES[status] ?? ['unclear', 'a status that Parta does not know'];
  const code = `SMPP status 0x${status.toString(16).padStart(2, '0')}`;
  const kind: Class =
    isNack && (known === 'address' || known === 'message' || known === 'unclear') ? 'centre' : known;
  const problem = isNack ? `${code}, generic_nack` : `${code}, ${said}`;
  switch (kind) {
    case 'address':
    case 'message':
      return { kind: 'refused', problem, isAddressDead: kind === 'address' };
    case 'unclear':
      return { kind: 'later', problem, trouble: 'message' };
    case 'stopped':
      return { kind: 'later', problem, trouble: 'stopped' };
    default:
      return { kind: 'later', problem, trouble: 'channel' };
  }
}

/** Whether the session that gave the answer is of no use any more. */
export const isSessionLost = (status: number): boolean => status === 0x04;
