import type { Text } from '../../workflows/text.ts';
import type { SettingDefinition } from './definitions.ts';

/** A variable whose value was refused. */
export interface SettingFault {
  definition: SettingDefinition;
  value: string;
  /** Why the file that `<NAME>_FILE` names could not be read; the value is its path. */
  unreadable?: string;
  /** The variables without which it says nothing. */
  lacks?: readonly string[];
}

/** Thrown at start when a setting is wrong. `id` is stable. */
export interface SettingsError extends Error {
  id: 'settings.invalid';
  title: Text;
  errors: { path: string; message: Text }[];
}

export const makeSettingsError = (faults: SettingFault[]): SettingsError => {
  const errors = faults.map((fault) => ({ path: fault.definition.name, message: describe(fault) }));
  const lines = errors.flatMap(({ message }) => [message.zh, message.en]);
  return Object.assign(new Error(lines.join('\n')), {
    name: 'SettingsError',
    id: 'settings.invalid' as const,
    title: { zh: '设置有误，未启动', en: 'wrong settings, nothing was started' },
    errors,
  });
};

const describe = ({ definition, value, unreadable, lacks }: SettingFault): Text => {
  if (lacks)
    return {
      zh: `设置了环境变量 ${definition.name}，还须设置：${lacks.join('、')}。`,
      en: `the environment variable ${definition.name} is set, so these must be too: ${lacks.join(', ')}.`,
    };
  if (unreadable)
    return {
      zh: `环境变量 ${definition.name}_FILE 所指的文件 ${JSON.stringify(value)} 无法读取（${unreadable}）。请改正路径与权限，或删除该变量。`,
      en: `the file ${JSON.stringify(value)} that the environment variable ${definition.name}_FILE names cannot be read (${unreadable}). Correct its path and rights, or unset the variable.`,
    };
  const shown = definition.secret ? maskSecret(value) : JSON.stringify(value);
  const { name, expects } = definition;
  const fallback = definition.default;
  return {
    zh: `环境变量 ${name} 的值 ${shown} 无效，应为：${expects.zh}。请改正${fallback === undefined ? '或删除该变量' : `，或删除该变量以使用缺省值 ${fallback}`}。`,
    en: `environment variable ${name} has the invalid value ${shown}: expected ${expects.en}. Correct it${fallback === undefined ? ' or unset it' : `, or unset it to use the default ${fallback}`}.`,
  };
};

/** Shows an address without the password in it. */
export const maskSecret = (value: string): string => {
  const from = value.indexOf('://') + 3;
  const colon = value.indexOf(':', from);
  const at = value.lastIndexOf('@');
  const hasPassword = from >= 3 && colon >= from && at > colon && !/[@/]/.test(value.slice(from, colon));
  return JSON.stringify(hasPassword ? `${value.slice(0, colon)}:***${value.slice(at)}` : value);
};
