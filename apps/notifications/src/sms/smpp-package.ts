import smpp, { type Pdu } from 'smpp';

/*
 * The package decodes short messages by GSM 03.38 even where they are ASCII, reads a receipted_message_id that lacks its NUL
 * into the parameters behind it, and ends the session over a PDU that it cannot read. Receipts are read by Parta from the
 * bytes, so these parts of its dictionary are replaced, once for the process.
 */
const { types, commands, PDU } = smpp;

smpp.addTLV('receipted_message_id', { id: 0x001e, type: types.tlv.buffer });
smpp.addTLV('message_payload', { id: 0x0424, type: types.tlv.buffer });
commands.deliver_sm.params.short_message = { type: types.buffer };

/** A PDU whose body cannot be read: `command` says which it was, and `isUnreadable` that nothing else is known. */
PDU.fromStream = (stream, length) => {
  const rest = stream.read(length - 4);
  if (!rest) return false;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  const bytes = Buffer.concat([head, rest]);
  try {
    return new PDU(bytes);
  } catch {
    return unreadable(bytes);
  }
};

function unreadable(bytes: Buffer): Pdu {
  const [id, status, sequence] = [4, 8, 12].map((at) => bytes.readUInt32BE(at));
  return Object.assign(Object.create(PDU.prototype) as Pdu, {
    command: smpp.commandsById[id!]?.command ?? 'unknown',
    command_length: bytes.length,
    command_id: id,
    command_status: status,
    sequence_number: sequence,
    isUnreadable: true,
  });
}

export default smpp;
