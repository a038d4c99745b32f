package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval"
)

// manyRules are how many rules run in one pass.
const manyRules = 75

// ruleShapes are queries as rules about single events have them; %s is the event, or the list of events.
var ruleShapes = []string{
	`AWSCloudTrail | where EventName == "%s" and isempty(ErrorCode) and UserIdentityType == "Root" | project TimeGenerated, UserIdentityArn, SourceIpAddress, RequestParameters`,
	`AWSCloudTrail | where EventName in ("%s") | where UserIdentityType != "AWSService" | summarize Events = count(), First = min(TimeGenerated), Last = max(TimeGenerated) by UserIdentityArn, SourceIpAddress`,
	`AWSCloudTrail | where EventName =~ "%s" and ErrorCode has "Denied" | summarize Denials = count() by UserIdentityArn | where Denials > 50`,
	`let window = 1d; AWSCloudTrail | where EventName in~ ("%s") | extend Policy = parse_json(RequestParameters).policyName | where isnotempty(Policy) | project TimeGenerated, UserIdentityArn, tostring(Policy)`,
	`AWSCloudTrail | where EventName == "%s" | join kind=leftanti (AWSCloudTrail | where EventName == "DeleteTrail" | project UserIdentityArn) on UserIdentityArn | project TimeGenerated, UserIdentityArn`,
}

// watchedEvents are events that rules look for and that a day without an attack has none of; the generated records hold some
// that are rare beside them.
var watchedEvents = []string{
	"DeleteFlowLogs", "DeleteDetector", "UpdateDetector", "DisableKey", "ScheduleKeyDeletion", "DeleteBucketPolicy", "PutBucketAcl",
	"CreateLoginProfile", "UpdateLoginProfile", "UpdateAssumeRolePolicy", "PutRolePolicy", "PutGroupPolicy", "AddUserToGroup",
	"DeactivateMFADevice", "DeleteVirtualMFADevice", "CreatePolicyVersion", "SetDefaultPolicyVersion", "ModifySnapshotAttribute",
	"ModifyImageAttribute", "SharedSnapshotCopyInitiated", "GetPasswordData", "GetSecretValue", "SendCommand", "StartSession",
	"UpdateTrail", "PutEventSelectors", "DeleteLogGroup", "DeleteLogStream", "DisableAlarmActions", "LeaveOrganization",
	"CreateRoute", "CreateNetworkAclEntry", "AttachInternetGateway", "ModifyDBInstance", "DeleteDBCluster", "DeleteTable",
}

// ruleQueries makes n queries of the shapes.
func ruleQueries(n int) []string {
	events := append(watchedEvents[:len(watchedEvents):len(watchedEvents)], eventNames[len(eventNames)-12:]...)
	queries := make([]string, n)
	for i := range queries {
		shape, event := ruleShapes[i%len(ruleShapes)], events[i*7%len(events)]
		if strings.Contains(shape, `("%s")`) {
			event += `", "` + events[(i*7+5)%len(events)]
		}
		queries[i] = fmt.Sprintf(shape, event)
	}
	return queries
}

// benchMany prints the CPU time of many rules in one pass, and of one of them alone: the middle one of the first real queries by the time that it
// takes.
func benchMany(ctx context.Context, out io.Writer, queries []string, real int, tables eval.TableMap, rounds int) error {
	programs, err := programsOf(queries, tables)
	if err != nil {
		return err
	}
	one, err := middle(ctx, queries[:real], tables)
	if err != nil {
		return err
	}
	var alone, together, ratios []float64
	rows := 0
	for range rounds {
		var err error
		a := cpu(func() { _, err = rowsOf(ctx, one, tables) })
		if err != nil {
			return err
		}
		t := cpu(func() { rows, err = rowsOfAll(ctx, programs, tables) })
		if err != nil {
			return err
		}
		alone, together, ratios = append(alone, a.Seconds()), append(together, t.Seconds()), append(ratios, t.Seconds()/a.Seconds())
	}
	_, err = fmt.Fprintf(out, "%d rules in one pass: %.3f s, one of them alone: %.3f s, ratio %.2f; %d rows\n",
		len(queries), median(together), median(alone), median(ratios), rows)
	return err
}

// middle compiles the query that takes the middle of the times that the queries take alone.
func middle(ctx context.Context, queries []string, tables eval.TableMap) (*eval.Program, error) {
	type timed struct {
		p    *eval.Program
		took time.Duration
	}
	var all []timed
	for _, query := range queries {
		p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithWorkers(1), eval.WithNow(afterRecords))
		if err != nil {
			return nil, err
		}
		took := cpu(func() { _, err = rowsOf(ctx, p, tables) })
		if err != nil {
			return nil, err
		}
		all = append(all, timed{p, took})
	}
	slices.SortFunc(all, func(a, b timed) int { return cmp.Compare(a.took, b.took) })
	return all[len(all)/2].p, nil
}

// programsOf compiles queries that read their tables together.
func programsOf(queries []string, tables eval.TableMap) ([]*eval.Program, error) {
	columns := new(eval.SharedColumns)
	programs := make([]*eval.Program, len(queries))
	for i, query := range queries {
		p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithWorkers(1), eval.WithNow(afterRecords), eval.WithSharedColumns(columns))
		if err != nil {
			return nil, err
		}
		programs[i] = p
	}
	return programs, nil
}

// rowsOfAll reads the tables once for all programs, runs these, and counts their rows.
func rowsOfAll(ctx context.Context, programs []*eval.Program, tables eval.Tables) (int, error) {
	shared, err := eval.Share(ctx, tables, 512<<20, programs...)
	if err != nil {
		return 0, err
	}
	rows := 0
	for _, p := range programs {
		n, err := rowsOf(ctx, p, shared)
		if err != nil {
			return rows, err
		}
		rows += n
	}
	return rows, nil
}
