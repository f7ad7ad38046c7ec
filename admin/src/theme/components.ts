import type { ThemeOptions } from '@mui/material/styles';
import type { light, Tones } from './palette.ts';

/** How MUI's parts look here: flat, lined, quiet. */
export function components(tones: Tones, palette: typeof light): NonNullable<ThemeOptions['components']> {
  return {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontVariantNumeric: 'tabular-nums', WebkitFontSmoothing: 'antialiased' },
        ':focus-visible': { outline: `2px solid ${palette.primary.main}`, outlineOffset: 2 },
        a: { color: palette.primary.main, textDecoration: 'none' },
        'a:hover': { textDecoration: 'underline' },
        'a:focus-visible': { borderRadius: 4 },
      },
    },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: {
          minHeight: 36,
          paddingInline: 16,
          '&.Mui-focusVisible': { outline: `2px solid ${palette.primary.main}`, outlineOffset: 2 },
        },
        sizeSmall: { minHeight: 30, paddingInline: 10 },
        outlined: { borderColor: tones.line },
      },
    },
    MuiIconButton: {
      styleOverrides: {
        root: { borderRadius: 8, '&.Mui-focusVisible': { outline: `2px solid ${palette.primary.main}` } },
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' } },
    },
    MuiBadge: { styleOverrides: { badge: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } } },
    MuiCard: { defaultProps: { variant: 'outlined' } },
    MuiTextField: { defaultProps: { size: 'small', variant: 'outlined' } },
    MuiFormControl: { defaultProps: { size: 'small' } },
    MuiFormHelperText: { styleOverrides: { root: { marginInline: 0, fontSize: '0.8125rem' } } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { backgroundColor: palette.background.paper },
        notchedOutline: { borderColor: tones.line },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: { minHeight: 44, paddingInline: 4, minWidth: 0, marginInlineEnd: 24, fontSize: '0.9375rem' },
      },
    },
    MuiTabs: { styleOverrides: { root: { minHeight: 44 }, indicator: { height: 2 } } },
    MuiTooltip: {
      defaultProps: { arrow: true, enterDelay: 400 },
      styleOverrides: {
        tooltip: {
          fontSize: '0.8125rem',
          lineHeight: 1.5,
          backgroundColor: palette.secondary.dark,
          color: palette.secondary.contrastText,
        },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { borderColor: palette.divider, paddingBlock: 9, paddingInline: 12 },
        head: {
          color: palette.text.secondary,
          fontWeight: 500,
          fontSize: '0.8125rem',
          whiteSpace: 'nowrap',
          backgroundColor: tones.faint,
        },
      },
    },
    MuiDialog: { styleOverrides: { paper: { borderRadius: 12, border: `1px solid ${palette.divider}` } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.0625rem', fontWeight: 600, paddingBlock: 16 } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px 16px' } } },
    MuiMenuItem: { styleOverrides: { root: { minHeight: 38 } } },
    MuiAlert: { styleOverrides: { root: { alignItems: 'flex-start' }, message: { minWidth: 0, flex: 1 } } },
    MuiLink: { defaultProps: { underline: 'hover' } },
    MuiSkeleton: { defaultProps: { animation: 'wave' } },
  };
}
