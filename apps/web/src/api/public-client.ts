import createClient from 'openapi-fetch';
import type { paths } from './generated/schema';
import { plainFetch } from './transport';

/** The API for what needs no session: signing in, invitations, the link in a letter. */
export const publicApi = createClient<paths>({ baseUrl: '/', fetch: plainFetch });
