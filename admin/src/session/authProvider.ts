import type { AuthProvider } from 'ra-core';
import { loadMe, type Step, signIn, signOut } from './session.ts';

/**
 * react-admin's view of our session. A 401 in the middle of work does not throw the user out: `SignInAgain` asks for the
 * password on top of the page, and nothing that was typed is lost.
 */
export const authProvider: AuthProvider = {
  login: (step: Step) => signIn(step),
  logout: async () => {
    await signOut();
    return '/login';
  },
  checkAuth: async () => {
    await loadMe();
  },
  checkError: async () => {},
  getIdentity: async () => {
    const { person } = await loadMe();
    return { id: person.id, fullName: person.name };
  },
  getPermissions: async () => (await loadMe()).can,
};
