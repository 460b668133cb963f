import { Model } from 'survey-core';
import 'survey-core/i18n/simplified-chinese';
import 'survey-core/survey-core.min.css';
import { renderSurvey } from 'survey-js-ui';

/** The resident's form, as SurveyJS would have it. */
const model = new Model({
  title: '报告院里的事',
  completeText: '提交',
  elements: [
    { type: 'comment', name: 'what', title: '什么事？', isRequired: true, maxLength: 500, rows: 3 },
    {
      type: 'checkbox',
      name: 'kind',
      title: '常见的事',
      choices: ['漏水渗水', '下水道堵塞', '路灯楼道灯', '电动车违规充电', '消防通道被占', '电梯故障'],
    },
    { type: 'file', name: 'photos', title: '照片', acceptedTypes: 'image/*', allowMultiple: true },
    { type: 'text', name: 'place', title: '在院里哪个位置？', maxLength: 100 },
    { type: 'text', name: 'name', title: '您怎么称呼？', isRequired: true, maxLength: 40 },
    { type: 'text', name: 'address', title: '您住哪一户？', isRequired: true, maxLength: 100 },
    { type: 'text', name: 'phone', title: '电话', inputType: 'tel', maxLength: 30 },
  ],
});
model.locale = 'zh-cn';

const place = document.getElementById('form');
if (place) renderSurvey(model, place);
