using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Rounds;

namespace Kyodo.Core.Tests.World;

/// <summary>Carries a unit's reply to where a test begins, by the verbs that people use.</summary>
internal static class Replies
{
    extension(Office office)
    {
        public Actor RespondentOf(Inquiry inquiry) => inquiry.Unit.Code switch
        {
            "kankyo" => office.OtherRespondent,
            "doboku" => office.Respondent,
            _ => Office.RespondentOf(inquiry.Unit),
        };

        public Actor ApproverOf(Inquiry inquiry) => inquiry.Unit.Code switch
        {
            "kankyo" => office.OtherApprover,
            "doboku" => office.Approver,
            _ => new Actor(2000 + inquiry.UnitId, $"{inquiry.Unit.Name} 決裁", [new Duty(Role.Approver, inquiry.UnitId)]),
        };

        public ApprovalRequest Submit(Inquiry inquiry, IReadOnlyList<Case>? cases = null, Actor? by = null)
        {
            var request = ApprovalRequest.Submit(inquiry, cases ?? [], by ?? office.RespondentOf(inquiry), office.Now, []);
            office.Db.Add(request);
            return request;
        }

        /// <summary>With 該当なし as its answer. One that awaits a check must have been relayed.</summary>
        public void Bring(Inquiry inquiry, InquiryStatus status)
        {
            if (status is InquiryStatus.Prepared or InquiryStatus.Sent)
                return;
            if (inquiry.Status is InquiryStatus.Sent)
                inquiry.Receive(office.RespondentOf(inquiry), office.Now);
            if (status is InquiryStatus.Received)
                return;
            inquiry.SayNil("今年度は該当する事業がありません。", office.RespondentOf(inquiry), office.Now);
            if (status is InquiryStatus.Answering)
                return;
            var request = office.Submit(inquiry);
            if (status is InquiryStatus.AwaitingApproval)
                return;
            if (status is InquiryStatus.Returned)
            {
                request.SendBack("理由を詳しく書いてください。", office.ApproverOf(inquiry), office.Now, []);
                return;
            }
            request.Approve(office.ApproverOf(inquiry), office.Now);
            if (status is InquiryStatus.Accepted)
                inquiry.Accept(office.Coordinator, office.Now);
        }
    }
}
