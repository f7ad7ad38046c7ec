export const calendar = {
  title: '工作日历',
  under: '期限按工作日计算：法定节假日不计，调休上班日照计。',
  previous: '上一年',
  next: '下一年',
  known: '已知至 %{day}',
  unknown: '%{year} 年的放假安排尚未公布，期限暂按周一至周五计算，标为“暂定”。',
  rest: '放假',
  work: '调休上班',
  restDays: '放假 %{days} 天',
  workDays: '调休上班 %{days} 天',
  list: '放假与调休安排',
};
