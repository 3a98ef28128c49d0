// What the API's description is held to. Every rule of the two linters is on but those named here with their reason.
import functions from '@stoplight/spectral-functions';
import rulesets from '@stoplight/spectral-rulesets';

const PROBLEM = 'application/problem+json';

/** Every rule of spectral:oas, those too that it recommends to nobody, and Parta's own. */
export const spectral = {
  extends: [[rulesets.oas, 'all']],
  rules: {
    // Who runs an installation has a name and perhaps an address; an e-mail is no setting of Parta.
    'contact-properties': 'off',
    'parta-operation-summary': {
      description: 'An operation has a summary of one line.',
      severity: 'error',
      given: '$.paths[*][get,put,post,patch,delete]',
      then: [
        { field: 'summary', function: functions.truthy },
        { field: 'summary', function: functions.length, functionOptions: { max: 120 } },
      ],
    },
    'parta-refusals-are-problems': {
      description: 'A refusal is a problem (RFC 9457), at the token endpoint an error of RFC 6749.',
      severity: 'error',
      given:
        "$.paths[?(@property !== '/oauth/token')][*].responses[?(@property >= '400' && @property < '500')].content",
      then: { field: PROBLEM, function: functions.truthy },
    },
    'parta-unauthenticated-challenge': {
      description: 'A 401 says which credentials are wanted (RFC 9110, 15.5.2).',
      severity: 'error',
      given: "$.paths[*][*].responses['401'].headers",
      then: { field: 'WWW-Authenticate', function: functions.truthy },
    },
    'parta-examples': {
      description: 'What is no file or stream has an example.',
      severity: 'error',
      given: '$.paths[*][*]..content[?(@property.match(/json$|form-urlencoded$/))]',
      then: {
        function: functions.schema,
        functionOptions: { schema: { anyOf: [{ required: ['example'] }, { required: ['examples'] }] } },
      },
    },
    'parta-one-tag': {
      description: 'An operation belongs to one part of the product.',
      severity: 'error',
      given: '$.paths[*][get,put,post,patch,delete].tags',
      then: { function: functions.length, functionOptions: { min: 1, max: 1 } },
    },
  },
};

/** Redocly's strictest set: what its recommended one warns of is an error. */
export const redocly = {
  extends: ['recommended-strict'],
  rules: {
    'operation-description': 'error',
    'tag-description': 'error',
    'tags-alphabetical': 'error',
    'operation-singular-tag': 'error',
    'no-invalid-parameter-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'info-contact': 'error',
    'parameter-description': 'error',
  },
};
