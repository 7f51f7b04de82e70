import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guides = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');

/** Without blocks of code, whose lines are no headings and whose brackets are no links. */
const textOf = (guide: string) =>
  readFileSync(join(root, guide), 'utf8').replaceAll(/^```.*?^```/gms, '');

/** A heading as it is named in addresses. */
const anchorOf = (heading: string) =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

const anchors = new Map(
  guides.map((guide) => {
    const headings = [...textOf(guide).matchAll(/^#+ (.+)$/gm)];
    return [guide, new Set(headings.map(([, heading = '']) => anchorOf(heading.trim())))] as const;
  }),
);

function isBroken(guide: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? guide : normalize(join(dirname(guide), path));
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && anchors.get(target)?.has(anchor) === false;
}

describe('guides', () => {
  it('say something, each under a heading', () => {
    expect(guides.filter((guide) => anchors.get(guide)?.size === 0)).toEqual([]);
  });

  it('lead to files and headings that are there', () => {
    const links = guides.flatMap((guide) =>
      [...textOf(guide).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^(https?|mailto):/.test(link))
        .map((link) => ({ guide, link })),
    );
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ guide, link }) => isBroken(guide, link))).toEqual([]);
  });
});
