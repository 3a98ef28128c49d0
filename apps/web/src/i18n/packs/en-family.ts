import account from '../../locales/en/account.json';
import common from '../../locales/en/common.json';
import diary from '../../locales/en/diary.json';
import errors from '../../locales/en/errors.json';
import family from '../../locales/en/family.json';
import session from '../../locales/en/session.json';

export default { account, common, diary, errors, family, session };
