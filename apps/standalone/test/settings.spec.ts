import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { READERS, SETTINGS, type Reader, type Setting } from '@parta/platform-rpc';

const root = join(import.meta.dirname, '../../..');
const settings = Object.entries(SETTINGS as Record<string, Setting<unknown, unknown>>);
const ofCompose = (reader: Reader): string[] =>
  settings.filter(([, { of, isOfImage }]) => of.includes(reader) && !isOfImage).map(([name]) => name);

/** The names of variables that a service of a compose file is given, those of what it refers to included. */
function given(file: string, service: string): Set<string> {
  const text = readFileSync(join(root, file), 'utf8');
  const blockAt = (head: RegExp, indent: string): string => {
    const at = head.exec(text);
    if (!at) return '';
    const rest = text.slice(at.index + at[0].length);
    const end = new RegExp(`^ {0,${indent.length}}[^\\s#]`, 'm').exec(rest);
    return end ? rest.slice(0, end.index) : rest;
  };
  const block = blockAt(new RegExp(`^  ${service}:\\s*$`, 'm'), '  ');
  const anchors = [...block.matchAll(/\*(\w+)/g)].map(([, name]) => name);
  const referred = anchors.map((name) => blockAt(new RegExp(`^.*: &${name}\\s*$`, 'm'), ''));
  return new Set(
    [block, ...referred].flatMap((one) => [...one.matchAll(/^\s+([A-Z][A-Z_]+):/gm)].map(([, n]) => n!)),
  );
}

describe('compose hands on every setting', () => {
  it.each(READERS.filter((one) => one !== 'start' && one !== 'rebuild' && one !== 'migrate'))(
    'of %s',
    (reader) => {
      const names = given('docker-compose.yml', reader);
      expect(ofCompose(reader).filter((name) => !names.has(name))).toEqual([]);
    },
  );

  it('of the second gateway of a cluster', () => {
    const names = given('deploy/cluster/docker-compose.yml', 'gateway-2');
    expect(ofCompose('gateway').filter((name) => !names.has(name))).toEqual([]);
  });
});

it('compose puts no password into an address, where some of its signs would have another meaning', () => {
  for (const file of [
    'docker-compose.yml',
    'deploy/cluster/docker-compose.yml',
    'deploy/trial/docker-compose.yml',
  ])
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/:\/\/[^\s'"]*\$\{?\w*PASSWORD/);
});
