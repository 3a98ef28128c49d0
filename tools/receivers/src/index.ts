export { Inbox, type Received } from './inbox.js';
export { startMailSink, type MailSink, type MailTrouble } from './mail-sink.js';
export { startInboxPage, type InboxPage } from './page.js';
export {
  startSmsCentre,
  type ReceiptOf,
  type ShapedReceipt,
  type SmsCentre,
  type SmsTrouble,
} from './sms-centre.js';
