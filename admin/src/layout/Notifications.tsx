import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { useNotificationContext, useTakeUndoableMutation, useTranslate } from 'ra-core';
import { useEffect, useState } from 'react';

/** Short words after an action, at the bottom; errors stay until they are read. */
export function Notifications() {
  const { notifications, takeNotification } = useNotificationContext();
  const takeMutation = useTakeUndoableMutation();
  const translate = useTranslate();
  const [shown, setShown] = useState<ReturnType<typeof takeNotification>>();

  useEffect(() => {
    if (notifications.length && !shown) {
      setShown(takeNotification());
      takeMutation()?.({ isUndo: false });
    }
  }, [notifications, shown, takeNotification, takeMutation]);

  if (!shown) return null;
  const error = shown.type === 'error';
  const message =
    typeof shown.message === 'string'
      ? translate(shown.message, shown.notificationOptions?.messageArgs)
      : shown.message;
  return (
    <Snackbar
      open
      autoHideDuration={error ? 10_000 : 3_500}
      onClose={(_, why) => why !== 'clickaway' && setShown(undefined)}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      sx={{ mb: { xs: 8, md: 1 } }}
    >
      <Alert
        severity={error ? 'error' : shown.type === 'warning' ? 'warning' : 'success'}
        variant="filled"
        onClose={() => setShown(undefined)}
      >
        {message}
      </Alert>
    </Snackbar>
  );
}
