import {
  PasswordInput,
  type PasswordInputProps,
  TextInput,
  type TextInputProps,
} from '@mantine/core';

/** The e-mail that an account goes by. */
export const EmailField = (field: TextInputProps) => (
  <TextInput label="E-mail" type="email" autoComplete="username" required {...field} />
);

/** The password that an account has. */
export const PasswordField = (field: PasswordInputProps) => (
  <PasswordInput label="Password" autoComplete="current-password" required {...field} />
);

/** A password to be. */
export const NewPasswordField = (field: PasswordInputProps) => (
  <PasswordInput label="Password" autoComplete="new-password" required {...field} />
);
