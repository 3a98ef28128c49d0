import classes from '../../locales/ru/classes.json';
import deliveries from '../../locales/ru/deliveries.json';
import exchange from '../../locales/ru/exchange.json';
import home from '../../locales/ru/home.json';
import journal from '../../locales/ru/journal.json';
import operations from '../../locales/ru/operations.json';
import oversight from '../../locales/ru/oversight.json';
import people from '../../locales/ru/people.json';
import region from '../../locales/ru/region.json';
import reports from '../../locales/ru/reports.json';
import slips from '../../locales/ru/slips.json';

export default {
  classes,
  deliveries,
  exchange,
  home,
  journal,
  operations,
  oversight,
  people,
  region,
  reports,
  slips,
};
