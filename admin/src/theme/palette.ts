/** Colours with a meaning: the same names in light and dark, each pair readable on the paper of its mode (≥ 4.5 : 1). */
export interface Tones {
  late: string;
  lateSoft: string;
  soon: string;
  soonSoft: string;
  done: string;
  doneSoft: string;
  calm: string;
  calmSoft: string;
  line: string;
  sunken: string;
  faint: string;
}

/** Azurite (石青) carries actions; cinnabar (朱) late, ochre (赭) soon, pine (松) done. Everything else is ink and paper. */
export const light = {
  primary: { main: '#1f5a73', light: '#3a7a95', dark: '#15455a', contrastText: '#ffffff' },
  secondary: { main: '#566872', light: '#75868f', dark: '#3c4b53', contrastText: '#ffffff' },
  error: { main: '#a8352a', light: '#c75a4f', dark: '#84241b', contrastText: '#ffffff' },
  warning: { main: '#8a5a0b', light: '#b07a24', dark: '#6b4404', contrastText: '#ffffff' },
  success: { main: '#2c6a4c', light: '#478867', dark: '#1d5038', contrastText: '#ffffff' },
  info: { main: '#1f5a73', light: '#3a7a95', dark: '#15455a', contrastText: '#ffffff' },
  background: { default: '#f3f5f6', paper: '#ffffff' },
  text: { primary: '#182126', secondary: '#526069', disabled: '#8b969d' },
  divider: '#dfe4e7',
};

export const lightTones: Tones = {
  late: '#a8352a',
  lateSoft: '#fbecea',
  soon: '#845504',
  soonSoft: '#faf1de',
  done: '#2c6a4c',
  doneSoft: '#e6f2eb',
  calm: '#1f5a73',
  calmSoft: '#e4eff4',
  line: '#c9d1d6',
  sunken: '#eaeef0',
  faint: '#f7f9fa',
};

export const dark = {
  primary: { main: '#8cc3da', light: '#b0d8e8', dark: '#5f9fba', contrastText: '#0b1a21' },
  secondary: { main: '#a3b1b9', light: '#c2ccd2', dark: '#7d8c95', contrastText: '#10181c' },
  error: { main: '#ec9489', light: '#f4b5ad', dark: '#d2695c', contrastText: '#2a0905' },
  warning: { main: '#dfb168', light: '#ebca95', dark: '#bf8d3c', contrastText: '#241703' },
  success: { main: '#86c5a2', light: '#aedcc2', dark: '#5ca27c', contrastText: '#06190f' },
  info: { main: '#8cc3da', light: '#b0d8e8', dark: '#5f9fba', contrastText: '#0b1a21' },
  background: { default: '#11171a', paper: '#192125' },
  text: { primary: '#e6ecef', secondary: '#a5b2b9', disabled: '#6d7a82' },
  divider: '#2b363c',
};

export const darkTones: Tones = {
  late: '#ec9489',
  lateSoft: '#3a211e',
  soon: '#dfb168',
  soonSoft: '#33291a',
  done: '#86c5a2',
  doneSoft: '#1b3026',
  calm: '#8cc3da',
  calmSoft: '#1b303a',
  line: '#3c4a52',
  sunken: '#141b1f',
  faint: '#1d262b',
};
