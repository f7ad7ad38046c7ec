import { readdir, readFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PATHS, XSS } from '../../../server/fuzz/hostile.ts';
import { readXlsx } from '../../../server/http/xlsx.ts';
import { makeTestApi } from '../../support/api.ts';
import { launchOn } from '../../support/apiCycle.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { openCycle } from '../../support/publicCycle.ts';
import { zip } from '../../support/xlsx.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
let finding: string;

beforeAll(async () => {
  const unit = await buildOrg(api.prisma, { category: 'all' });
  const { cycleId } = await launchOn(api, openCycle, [unit]);
  const made = await office.post('/findings', {
    cycleId,
    orgId: unit.id,
    severity: 'minor',
    what: '台账不全',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  finding = made.body.id;
});

/** A file as a careless client would send it: the name as it is, but for what would end the header. */
const upload = (name: string, bytes: Buffer) => {
  const boundary = '----files';
  const shown = name.replace(/["\r\n]/g, (char) => encodeURIComponent(char));
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${shown}"\r\nContent-Type: application/pdf\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return office.request('POST', `/findings/${finding}/evidence`, {
    raw: { type: `multipart/form-data; boundary=${boundary}`, body },
  });
};

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

describe('the name of an upload', () => {
  it.each(
    [...PATHS, ...XSS, 'x'.repeat(5_000), '.htaccess', 'a.pdf.', 'a\t\u202Egpj.pdf', '...', ' '].map((name) => [name]),
  )('S51 %j is only a name', async (name) => {
    const kept = await upload(`${name}.pdf`, PDF);
    // Where nothing is left of the name, or the header is broken, the file is refused.
    if (kept.status !== 201) {
      expect([400, 422], JSON.stringify(kept.body)).toContain(kept.status);
      expect(name).toMatch(/^[. ]*$|\/$|\0/);
      return;
    }
    expect(kept.body.name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]/u);
    expect(kept.body.name).toMatch(/^[^. ].*\.pdf$/u);
    const content = await office.get(`/findings/${finding}/evidence/${kept.body.id}/content`);
    expect(content.body).toBe(PDF.toString());
    expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w%.~!'()*-]+$/);
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
    expect(content.headers.get('content-type')).toBe('application/pdf');
    expect(content.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('S51 nothing on disk has a name of a user', async () => {
    const folder = join(api.settings.data, 'evidence');
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(file.name).toMatch(/^[0-9a-f]{64}$/);
    for (const file of files) expect(await readFile(join(file.parentPath, file.name))).toEqual(PDF);
  });
});

describe('the content of an upload', () => {
  it.each([
    ['a page called a document', 'a.pdf', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a program called a picture', 'a.png', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['a document called a text', 'a.txt', PDF],
    ['a page called a text', 'a.txt', Buffer.from('<script>alert(1)</script>')],
    [
      'a picture that may hold scripts',
      'a.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ],
    ['an archive called a workbook', 'a.xlsx', zip([{ name: 'run.exe', content: Buffer.from('MZ') }])],
    ['nothing', 'a.pdf', Buffer.alloc(0)],
    ['a name without a kind', 'README', PDF],
  ])('S50 %s is refused', async (_what, name, bytes) => {
    expectProblem(await upload(name, bytes), 422, 'file.type');
  });

  it('S50 100 MB are refused as soon as it is clear that they are too many', async () => {
    const boundary = '----large';
    const url = new URL(`${office.base}/findings/${finding}/evidence`);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = ask(url, {
        method: 'POST',
        headers: {
          cookie: office.cookie ?? '',
          'x-csrf-token': office.me?.csrf ?? '',
          'content-type': `multipart/form-data; boundary=${boundary}`,
        },
      });
      request.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`);
      const megabyte = Buffer.alloc(1024 * 1024, 'a');
      for (let n = 0; n < 100; n += 1) request.write(megabyte);
      request.end(`\r\n--${boundary}--\r\n`);
    });
    expect(status).toBe(413);
    expect(await readdir(join(api.settings.data, 'evidence', 'incoming'))).toEqual([]);
    expect((await fetch(`${api.origin}/healthz`)).status).toBe(200);
  });

  it('S50 a workbook that unpacks to gigabytes is refused in little memory', async () => {
    const zeros = Buffer.alloc(90 * 1024 * 1024);
    const honest = zip([{ name: 'xl/worksheets/sheet1.xml', content: zeros }]);
    const liar = zip([{ name: 'xl/worksheets/sheet1.xml', content: zeros, claims: 100 }]);
    const many = zip(Array.from({ length: 500 }, (_, n) => ({ name: `xl/${n}.xml`, content: Buffer.from('x') })));
    const before = process.memoryUsage().rss;
    for (const bomb of [honest, liar, many])
      await expect(readXlsx(bomb)).rejects.toMatchObject({ id: 'xlsx.tooLarge' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });
});
