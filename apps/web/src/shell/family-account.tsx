import { AccountMenu } from './account-menu';
import { Preferences } from './preferences';

/** The top bar's menus on a wide screen; a phone has all of it under «Ещё». */
export default function FamilyAccount() {
  return (
    <>
      <Preferences />
      <AccountMenu />
    </>
  );
}
