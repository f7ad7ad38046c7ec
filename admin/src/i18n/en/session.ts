import type { Catalogue } from '../catalogue.ts';

export const session: Catalogue['session'] = {
  title: 'Sign in',
  username: 'User name',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signOut: 'Sign out',
  demoTitle: 'Demo city · pick who you want to be',
  demoHelp: 'People and figures are invented; every password is %{password}.',
  again: 'Please sign in again',
  againHelp: 'Your session has ended. What you entered is still here; carry on after signing in.',
  other: 'Use another account',
  required: 'Enter your user name and password',
  forgotten: 'Forgotten your password?',
  code: 'Code',
  codeHelp: 'Enter the six digits of your authenticator app, or one of your recovery codes.',
  confirm: 'Confirm',
  pitch: {
    plan: 'Targets with a source',
    execute: 'Progress watched',
    evaluate: 'Scores explained',
    feedback: 'Feedback heard',
    rectify: 'Problems closed',
  },
};
