import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const alertsOf = (environment: Record<string, string>) =>
  parseConfig({ MAIL_FROM: 'netpilot@example.com', ...environment }).alerts;

describe('SMTP_URL', () => {
  test.each([
    [
      'smtps://me:p%40ss%3A@mail.example.com',
      {
        host: 'mail.example.com',
        port: 465,
        isTls: true,
        login: { user: 'me', password: 'p@ss:' },
      },
      true,
    ],
    [
      'smtp://mail.example.com:2525/',
      { host: 'mail.example.com', port: 2525, isTls: false, login: undefined },
      true,
    ],
    ['smtp://127.0.0.1', { host: '127.0.0.1', port: 587, isTls: false, login: undefined }, false],
    ['smtp://[::1]:25', { host: '::1', port: 25, isTls: false, login: undefined }, false],
  ])('%s is a mail server', (url, server, needsTls) => {
    expect(alertsOf({ SMTP_URL: url }).mail).toEqual({
      url,
      server,
      from: 'netpilot@example.com',
      needsTls,
    });
  });

  test.each([
    'mail.example.com',
    'https://mail.example.com',
    'smtp://',
    'smtp://mail.example.com/inbox',
    'smtp://mail.example.com?tls=no',
    'smtps://me:50%zz@mail.example.com',
    'smtps://50%:secret@mail.example.com',
  ])('%s is not, and is not shown', (url) => {
    expect(() => alertsOf({ SMTP_URL: url })).toThrow(
      /^(?!.*(zz|secret))[^]*SMTP_URL[^]*\(not shown\)/,
    );
  });
});
