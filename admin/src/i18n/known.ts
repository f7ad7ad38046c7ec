import { useTranslate } from 'ra-core';
import { useCallback } from 'react';

type Group =
  | 'rectify.action'
  | 'orgs.kinds'
  | 'orgs.categories'
  | 'people.roleNames'
  | 'incidents.kinds'
  | 'common.phase'
  | 'audit.what';

/** The word for a key that the server or a template made up: our translation if we have one, else the key itself. */
export function useKnown() {
  const translate = useTranslate();
  return useCallback(
    (group: Group, key: string | undefined): string => (key ? translate(`${group}.${key}`, { _: key }) : ''),
    [translate],
  );
}
