import { Forbidden } from '@parta/platform-errors';
import type { FastifyRequest } from 'fastify';

/**
 * Requests that the refresh cookie goes along with come from Parta's own pages. SameSite=Strict keeps other sites from
 * sending it; this refuses what slips by: sibling subdomains, and browsers that do not know SameSite. Programs that are no
 * browser send neither header.
 * @throws Forbidden `access.cross-site`
 */
export function onlyFromOwnPages(request: Pick<FastifyRequest, 'headers'>): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  // Over plain http to anything but this machine, browsers send no Sec-Fetch-Site.
  const isOwn =
    site !== undefined ? site === 'same-origin' || site === 'none' : isOf(request.headers.host ?? '', origin);
  if (!isOwn) throw new Forbidden('access.cross-site', 'this is for Parta’s own pages');
}

const isOf = (host: string, origin: string | undefined): boolean =>
  origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
