import { Controller } from '@nestjs/common';
import { getSchoolYear, type SchoolYearList } from '@parta/contracts-curriculum';
import { Handles } from '@parta/platform-rpc';
import { SchoolYears } from '../school-years.js';

@Controller()
export class GetSchoolYear {
  constructor(private readonly years: SchoolYears) {}

  @Handles(getSchoolYear)
  async execute(): Promise<SchoolYearList> {
    const years = await this.years.currentOfAll();
    return {
      years: years.map(({ id, schoolId, title, startDate, endDate, periods, daysOff, transfers, bells }) => ({
        schoolId,
        academicYearId: id,
        title,
        startDate,
        endDate,
        periods,
        daysOff,
        transfers,
        bells,
      })),
    };
  }
}
