/** What a scanner remarks on and what is as it should be, with the reason; everything else is a finding. */
export const EXCEPTIONS = [
  {
    tool: 'wapiti',
    info: /X-XSS-Protection/,
    why: '0 on purpose: the filter of old browsers could be turned against a page; the CSP does its work',
  },
  {
    tool: 'wapiti',
    info: /Strict-Transport-Security/,
    why: 'not sent over plain http, which is what is scanned; security-headers.e2e-spec has it for TLS',
  },
];

export const excuseOf = (tool, info) =>
  EXCEPTIONS.find((one) => tool.startsWith(one.tool) && one.info.test(info))?.why;
